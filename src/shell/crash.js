// What is shown when the program is gone: after a panic nothing of it answers
// any more, so this is plain DOM and reads only what the page left on `zhidu`.

let crashed = false;

// `message` is for the engineer. The page sets `zhidu.savedAt` (text) and
// `zhidu.kept` (are the last edits kept for the next start?).
zhidu.crash = (message) => {
  if (crashed) return;
  crashed = true;
  try {
    // A program that has trapped may still be able to keep what is unsaved.
    zhidu.down?.();
  } catch {
    zhidu.kept = false;
  }
  const looping = noteCrash();
  const lines = ['已保存的内容都在本机，不受影响。'];
  if (zhidu.savedAt) lines.push(`最近一次保存：${zhidu.savedAt}。`);
  if (zhidu.kept === true) lines.push('最后的修改已另行保留，重新载入后会恢复。');
  if (zhidu.kept === false) lines.push('最后一次保存之后的修改可能没有保留下来。');
  lines.push(advice(looping));

  const box = element('div', { id: 'crash', role: 'alertdialog', 'aria-modal': 'true' });
  box.setAttribute('aria-labelledby', 'crash-title');
  box.setAttribute('aria-describedby', 'crash-text');
  const text = element('div', { id: 'crash-text' });
  text.append(...lines.map((line) => element('p', {}, line)));
  const reload = button('重新载入', () => location.reload());
  const home = button('回到工作台', () => {
    // Unlike setting `location.hash`, this tells nothing to what is left of the program.
    history.replaceState(null, '', '#/');
    location.reload();
  });
  const raw = button('下载原始数据', () => {
    raw.textContent = '正在读取…';
    downloadRaw().then(
      () => { raw.textContent = '已下载'; },
      (error) => {
        console.warn(error);
        raw.textContent = '未能读取，请联系技术人员';
      },
    );
  });
  const copy = button('复制错误信息', () => {
    copyText(details(message)).then((copied) => {
      copy.textContent = copied ? '已复制' : '未能复制，请手工选取';
    });
  });
  const panel = element('div', { class: 'shell-panel' });
  panel.append(element('h2', { id: 'crash-title' }, '程序遇到意外错误，已停止'), text);
  panel.append(reload, home, raw, copy, element('pre', { tabindex: '0' }, details(message)));
  box.append(panel);

  for (const other of document.body.children) other.inert = true;
  document.body.append(box);
  reload.focus();
};

function advice(looping) {
  if (zhidu.safe) return '只读方式下仍然出错。请点“下载原始数据”，把文件交给技术人员。';
  if (looping) return '程序连续出错，重新载入后将以只读方式打开，可查看和导出，不会改动数据。';
  return '请重新载入后继续。如果再次出现，请复制错误信息，交给技术人员。';
}

addEventListener('error', (event) => {
  if (isTrap(event.error)) zhidu.crash(describe(event.error));
});
addEventListener('unhandledrejection', (event) => {
  if (isTrap(event.reason)) zhidu.crash(describe(event.reason));
});

// After a trap, and after a stack overflow inside of it, the state of a wasm
// program cannot be trusted. Any other error is not the program's end.
function isTrap(error) {
  if (error instanceof WebAssembly.RuntimeError) return true;
  const overflow = error instanceof RangeError || error?.name === 'InternalError';
  return overflow && /wasm/.test(error.stack ?? '');
}

function describe(error) {
  return error?.stack || String(error);
}

function details(message) {
  return `智督 ${zhidu.version} ${form}\n技术信息：\n${navigator.userAgent}\n${location.hash}\n${message}`;
}

function element(tag, attributes, text = '') {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

function button(label, act) {
  const made = element('button', { type: 'button' }, label);
  made.addEventListener('click', act);
  return made;
}

// The old command also works on plain http, where there is no clipboard API.
async function copyText(text) {
  const area = element('textarea', {});
  area.value = text;
  document.querySelector('#crash .shell-panel').append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied || navigator.clipboard?.writeText(text).then(() => true, () => false);
}
