// Follows the bindgen script inside the file worker. The first message is the
// program; its `main` then sets `onmessage` for all that come after.
self.onmessage = (event) => {
  self.onmessage = null;
  wasm_bindgen({ module_or_path: event.data }).then(
    () => self.postMessage({ started: true }),
    (error) => self.postMessage({ started: false, error: String(error) }),
  );
};
