// Follows the bindgen script inside the file worker. The first message is the
// program; its `main` then sets `onmessage` for all that come after.

// The program may take 192 MiB (build.rs). It asks for more in large steps, so that
// one which stopped with half of that has most likely been refused the next.
const MUCH = 96 << 20;
self.onmessage = (event) => {
  self.onmessage = null;
  wasm_bindgen({ module_or_path: event.data }).then(
    ({ memory }) => {
      self.addEventListener('error', (event) => {
        if (memory.buffer.byteLength < MUCH) return;
        event.preventDefault();
        self.postMessage({ crash: '文件太大，处理时超出了 192 MB 的内存上限' });
      });
      self.postMessage({ started: true });
    },
    (error) => self.postMessage({ started: false, error: String(error) }),
  );
};
