// Faults of the browser, planted in a page; they are gone when it is loaded anew.

// No element of `tag` can be made, to which the program has no answer but a
// panic. The notice of the crash is made of other elements.
export const plantFault = (page, tag) => page.evaluate((tag) => {
  const { createElement } = Document.prototype;
  Document.prototype.createElement = function (name, ...rest) {
    if (name !== tag) return createElement.call(this, name, ...rest);
    window.faultAt ??= performance.now();
    throw new Error(`planted fault: no ${name}`);
  };
  new MutationObserver((changes, observer) => {
    if (!document.getElementById('crash')) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.noticeAt = performance.now(); });
  }).observe(document.body, { childList: true });
}, tag);

// The notice of a crash.
export const crashNotice = (me) => me.page.getByRole('alertdialog', { name: '程序遇到意外错误，已停止' });

// Types `text` over the first 完成情况说明 and loads the page anew in the same turn,
// so that only the emergency journal can have it. For any driver's page.
export const typeAndReload = (page, text) => page.evaluate((text) => {
  const field = document.querySelector('#point-1 textarea');
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  location.reload();
}, text);

// How long after the fault the notice of the crash was painted, in milliseconds.
export const noticeDelay = (page) => page.evaluate(() => window.noticeAt - window.faultAt);

// The store refuses every write as on a full disk: from now on, or `afterFault`.
export const refuseWrites = (page, { afterFault = false } = {}) => page.evaluate((afterFault) => {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (names, mode, ...rest) {
    const refused = mode === 'readwrite' && (!afterFault || window.faultAt !== undefined);
    if (refused) throw new DOMException('planted fault: no space', 'QuotaExceededError');
    return transaction.call(this, names, mode, ...rest);
  };
}, afterFault);
