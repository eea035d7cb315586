// The first script of the page, in ES5 so that every browser can read it. An
// old browser gets one plain sentence, a current one starts fetching the page
// program at once. `zhidu`, written above by the build, names the files; when
// it is taken away again, none of the later scripts runs.
(function () {
  var tooOld = false;
  try {
    // A module with a table of externref: Chromium 96, Safari 15. Compiling it,
    // not only validating it, also needs 'wasm-unsafe-eval': Chromium 97.
    new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 111, 0, 0]));
    // Firefox 113, Safari 16.4.
    new DecompressionStream('gzip');
  } catch (error) {
    tooOld = true;
  }
  if (tooOld) {
    window.zhidu = undefined;
    document.addEventListener('DOMContentLoaded', function () {
      document.getElementById('boot').textContent =
        '您的浏览器版本过旧，无法运行本程序。请使用 Chromium 97、Firefox 115、Safari 16.4 或更新的浏览器打开。';
    });
    return;
  }
  // The script of the page program, which comes next, looks here for what it imports.
  zhidu.later = {};
  if (zhidu.form !== 'hosted') return;
  zhidu.early = {};
  var names = ['page'];
  try {
    // The catalogue that was open last is likely to be opened again.
    names = names.concat(zhidu.texts[JSON.parse(localStorage.getItem('zhidu.pref.text'))] || []);
  } catch (error) {
    // Blocked: it is fetched when it is asked for.
  }
  names.forEach(function (name) {
    var file = zhidu.files[name];
    zhidu.early[name] = fetch(file.url, { integrity: file.integrity });
    // Whoever awaits it handles the failure; this only keeps it from being
    // reported as unhandled before the later scripts are there.
    zhidu.early[name]['catch'](function () {});
  });
})();
