// What runs inside the page while it is measured. Put there before any script
// of the page, on `window.bench`; it only listens, and reads what a person sees.
//
// "Painted" is the moment after the next frame: an animation frame, then a task
// behind it. A time begins at the browser's own stamp of the event, so that
// waiting in a queue counts.

export function install() {
  const bench = (window.bench = { spans: [], longTasks: [], keysUntil: null });

  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  const span = (began) => painted().then((now) => bench.spans.push(now - began));

  // Resolves once `seen` gives something, asked after each change below `root`.
  const changed = (seen, root = document) =>
    new Promise((resolve) => {
      const look = () => {
        const found = seen();
        if (found) observer.disconnect();
        if (found) resolve(found);
      };
      const observer = new MutationObserver(look);
      observer.observe(root, { childList: true, subtree: true, characterData: true });
      look();
    });

  // Calls `then` with the stamp of the next event of this type.
  const next = (type, then) =>
    addEventListener(type, (event) => then(event.timeStamp), { capture: true, once: true });

  // Navigation start to the first 完成情况说明, once it has taken the focus and
  // a frame has shown it.
  const narrative = () => {
    if (!document.querySelector('textarea')) return undefined;
    const labels = [...document.querySelectorAll('label')];
    return labels.find((label) => label.textContent === '完成情况说明')?.control;
  };
  bench.usable = changed(() => {
    const field = narrative();
    field?.focus();
    return field && document.activeElement === field;
  }).then(painted);

  // While `keysUntil` names an event: each key press to the frame after the
  // event that it leads to, `input` for a letter, `focusin` for Tab.
  let keyDown = 0;
  addEventListener('keydown', (event) => (keyDown = event.timeStamp), true);
  for (const type of ['input', 'focusin']) {
    addEventListener(type, () => bench.keysUntil === type && span(keyDown), true);
  }

  // The next click to the frame that shows the group with this heading.
  bench.nextGroup = (heading) => {
    const shown = () => document.getElementById('group-heading')?.textContent === heading;
    next('click', (began) => changed(shown).then(() => span(began)));
  };

  // A click on a link to a point to the frame that shows the point with this id. An
  // address that is written into the bar would also have the browser look for an anchor
  // of that name.
  bench.jump = ([address, id]) => {
    const link = Object.assign(document.createElement('a'), { href: address });
    document.body.append(link);
    const began = performance.now();
    link.click();
    link.remove();
    changed(() => document.getElementById(id)).then(() => span(began));
  };

  // The next key press to 已保存, by way of another save state.
  bench.nextSave = () => {
    const states = [...document.querySelectorAll('[role=status]')];
    const state = states.find((it) => /^(已保存|正在保存|未保存)/.test(it.textContent));
    const saved = () => state.textContent.startsWith('已保存');
    next('keydown', async (began) => {
      await changed(() => !saved(), state);
      await changed(saved, state);
      span(began);
    });
  };

  // The next click to a notice that says 已导出.
  bench.nextExport = () => {
    const notices = () => [...document.querySelectorAll('.z-notice')];
    const before = new Set(notices());
    const said = () => notices().some((it) => !before.has(it) && it.textContent.includes('已导出'));
    next('click', (began) => changed(said).then(() => span(began)));
  };

  // The last click before a column is sorted so, to the frame that shows it.
  bench.nextSorted = (way) => {
    let clicked;
    const click = (event) => (clicked = event.timeStamp);
    addEventListener('click', click, true);
    const sorted = () => document.querySelector(`[aria-sort="${way}"]`);
    const observer = new MutationObserver(() => {
      if (!sorted()) return;
      observer.disconnect();
      removeEventListener('click', click, true);
      span(clicked);
    });
    observer.observe(document, { subtree: true, attributeFilter: ['aria-sort'] });
  };

  // The next event of this type to the frame that shows this text.
  bench.nextShown = ([type, text]) => {
    const shown = () => document.body.textContent.includes(text);
    next(type, (began) => changed(shown).then(() => span(began)));
  };

  // Tasks of 50 ms and more, as the browser reports them.
  const observer = new PerformanceObserver((list) => {
    for (const task of list.getEntries()) bench.longTasks.push(task.duration);
  });
  observer.observe({ type: 'longtask' });
}
