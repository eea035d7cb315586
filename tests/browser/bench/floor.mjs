// The floor: what is on the screen as plain HTML, with the same fields, texts and styles
// and no program at all. What the browser takes for that, nobody can be quicker than.

// The page as it stands, as the text of a file.
export async function plain(page) {
  return page.evaluate(() => {
    const fields = 'textarea, input, select';
    const copy = document.documentElement.cloneNode(true);
    const copied = copy.querySelectorAll(fields);
    document.querySelectorAll(fields).forEach((field, at) => {
      const into = copied[at];
      if (field.matches('textarea')) into.textContent = field.value;
      if (field.matches('input')) into.setAttribute('value', field.value);
      if (field.matches('select')) into.options[field.selectedIndex]?.setAttribute('selected', '');
    });
    copy.querySelectorAll('script, link, noscript, meta[http-equiv]').forEach((it) => it.remove());
    return `<!doctype html>${copy.outerHTML}`;
  });
}
