// The texts of the catalogues, files of their own in the hosted form. `zhidu.texts`,
// written by the build, names for each id today's text and those of earlier editions;
// the single file has them inside its program and names none.

zhidu.catalogues = () => Object.keys(zhidu.texts);

// Promises the texts of a catalogue, today's first.
zhidu.catalogueTexts = (id) => Promise.all((zhidu.texts[id] ?? []).map(catalogueText));

function allTexts() {
  return Promise.all(Object.keys(zhidu.texts).map(zhidu.catalogueTexts));
}

function catalogueText(name) {
  return once(name, async () => (await part(name)).text());
}
