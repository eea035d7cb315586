// The file worker: its program is fetched quietly, kept as bytes, and started
// when the page first asks for it or asks again after a crash of it.

let officeParts;

function office() {
  officeParts ??= Promise.all([
    part('officeScript').then((response) => response.text()),
    part('officeProgram').then((response) => response.arrayBuffer()),
  ]).catch((error) => {
    officeParts = undefined;
    throw error;
  });
  return officeParts;
}

// A started worker that answers the page's messages. It runs from a blob: URL,
// the one form that file:// allows, and makes no request.
zhidu.officeWorker = async () => {
  const [script, program] = await office();
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  try {
    await greeted(worker, program);
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return worker;
};

function greeted(worker, program) {
  return new Promise((resolve, reject) => {
    const heard = (event) => {
      event.preventDefault();
      worker.removeEventListener('message', heard);
      worker.removeEventListener('error', heard);
      if (event.type === 'message' && event.data.started) resolve();
      else reject(new Error(event.message ?? event.data?.error ?? 'the worker did not start'));
    };
    worker.addEventListener('message', heard);
    worker.addEventListener('error', heard);
    worker.postMessage(program);
  });
}
