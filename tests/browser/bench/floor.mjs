// The floor: the whole form as plain HTML, with the same fields, texts and styles and no
// program at all. What the browser takes for that, nobody can be quicker than.

// The page as it stands as the text of a file; with `whole` the points of all groups
// instead of those of the one that is shown.
export async function plain(page, whole) {
  return page.evaluate(async (whole) => {
    const fields = 'textarea, input, select';
    const copyOf = (element) => {
      const copy = element.cloneNode(true);
      const copied = copy.querySelectorAll(fields);
      element.querySelectorAll(fields).forEach((field, at) => {
        const into = copied[at];
        if (field.matches('textarea')) into.textContent = field.value;
        if (field.matches('input')) into.setAttribute('value', field.value);
        if (field.matches('select')) into.options[field.selectedIndex]?.setAttribute('selected', '');
      });
      return copy;
    };
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const groups = [];
    for (const link of whole ? document.querySelectorAll('.z-tree a') : []) {
      link.click();
      await painted();
      await painted();
      const shown = copyOf(document.getElementById('points')).innerHTML;
      if (!groups.includes(shown)) groups.push(shown);
    }
    const copy = copyOf(document.documentElement);
    if (groups.length > 0) copy.querySelector('#points').innerHTML = groups.join('');
    copy.querySelectorAll('script, link, noscript, meta[http-equiv]').forEach((it) => it.remove());
    return `<!doctype html>${copy.outerHTML}`;
  }, whole);
}
