// The file worker: its program is fetched quietly, kept as bytes, and started
// when the page first asks for it or asks again after a crash of it.

function office() {
  return once('office', () => Promise.all([
    part('officeScript').then((response) => response.text()),
    part('officeProgram').then((response) => response.arrayBuffer()),
  ]));
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

// The two messages of worker.js; whatever else the program says is not for us.
function greeted(worker, program) {
  const heard = new AbortController();
  const { signal } = heard;
  const answer = new Promise((resolve, reject) => {
    const listen = ({ data }) => {
      if (data?.started === true) resolve();
      if (data?.started === false) reject(new Error(data.error));
    };
    const fail = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'the worker did not start'));
    };
    worker.addEventListener('message', listen, { signal });
    worker.addEventListener('error', fail, { signal });
  });
  worker.postMessage(program);
  return answer.finally(() => heard.abort());
}
