// The later parts of the page program: fetched quietly, or at once when a page of them
// is asked for, and put into the memory and the tables of the first part.

// The exports of the first part; start.js sets it.
let firstPart;
const partsThere = new Set();

// Resolves when a part can be used.
async function laterPart(name) {
  await Promise.all(zhidu.pieces[name].map((piece) => once(piece, () => instantiated(piece))));
  partsThere.add(name);
}

// One after the other, so that a part that somebody asks for shares the line with one.
async function allLaterParts() {
  for (const name of Object.keys(zhidu.pieces)) await laterPart(name);
}

zhidu.isWhole = () => partsThere.size === Object.keys(zhidu.pieces).length;

async function instantiated(name) {
  const bytes = await (await part(name)).arrayBuffer();
  await WebAssembly.instantiate(bytes, { __wasm_split: firstPart });
}

// What the first part imports: for each later part a function that calls back when it
// is there, at once if it is.
for (const name of Object.keys(zhidu.pieces)) {
  zhidu.later[`__wasm_split_load_${name}`] = (callback, data) => {
    const answer = (there) => firstPart.__indirect_function_table.get(callback)(data, there);
    if (partsThere.has(name)) return answer(1);
    laterPart(name).then(
      () => answer(1),
      (error) => {
        console.warn(error);
        answer(0);
      },
    );
  };
}
