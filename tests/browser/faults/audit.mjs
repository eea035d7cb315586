// What is in the store while windows do as they like. Looks at it all the time,
// from a page of the same origin that is not the program.
import { stored } from '../support/store.mjs';
import { pause } from '../support/wait.mjs';

const EVERY = 150;

export async function audit(context, url, fail) {
  const page = await context.newPage();
  await page.goto(`${url}icon.svg`);
  let epoch = 0;
  let known = new Set();
  let running = true;

  const look = async () => {
    const { records, unmerged } = JSON.parse(await stored(page));
    const bodies = records[1].map((text) => JSON.parse(text.slice(text.indexOf('\n') + 1)));
    const now = bodies.find((body) => 'epoch' in body).epoch;
    if (now < epoch) fail(`the epoch went from ${epoch} to ${now}`);
    epoch = now;
    const texts = bodies.flatMap(({ narrative }) => narrative ?? []);
    const tokens = new Set(texts.flatMap(tokensIn));
    const gone = [...known].filter((token) => !tokens.has(token));
    if (gone.length) fail(`${gone.join('')} stood in the assessment and is overwritten`);
    known = tokens;
    return { texts, tokens: new Set([...tokens, ...unmerged[1].flatMap(tokensIn)]) };
  };

  const watching = (async () => {
    while (running) {
      await look();
      await pause(EVERY);
    }
  })();
  watching.catch(() => {});

  return {
    // The texts of the assessment, and all tokens there and in 未并入的修改.
    async end() {
      running = false;
      await watching;
      return look();
    },
  };
}

const tokensIn = (text) => text.match(/【\d+】/g) ?? [];
