/* What a form of the desk holds, as [name, value, labels]: read, compared, and put back. */

const { CKEDITOR, django } = window;
const NOT_TYPED = /^_|^csrfmiddlewaretoken$|__prefix__/;
const NO_TEXT = /^(file|submit|button|reset|image)$/;
const OF_THE_PAGE = /-(id|article|(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;

export function editorsOf(form) {
  return Object.values(CKEDITOR?.instances ?? {}).filter(({ element }) => element?.$.form === form);
}

/* Wait until the editors of rich text are there, or for so long that they will not come. */
export async function editorsReady(form) {
  for (let turn = 0; turn < 80; turn += 1) {
    const texts = [...form.querySelectorAll("textarea[data-type=ckeditortype]")];
    const waited = texts.filter(({ id }) => !id.includes("__prefix__"));
    if (waited.every(({ id }) => CKEDITOR?.instances[id]?.status === "ready")) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

export function read(form) {
  editorsOf(form)
    .filter(({ status }) => status === "ready")
    .forEach((editor) => editor.updateElement());
  return [...form.elements]
    .filter(({ name, type, disabled }) => name && !disabled && !NOT_TYPED.test(name) && !NO_TEXT.test(type))
    .map((field) => {
      if (field.type === "checkbox") return [field.name, field.checked];
      if (!field.selectedOptions) return [field.name, field.value];
      const chosen = [...field.selectedOptions];
      return [field.name, chosen.map(({ value }) => value), chosen.map(({ text }) => text)];
    });
}

/* Whether two readings say the same: under which numbers rows are stored is no difference, nor is a row that could be
   marked for deletion and is not. */
export function same(one, other) {
  const isSaid = ([name, value]) => !OF_THE_PAGE.test(name) && (value || !name.endsWith("-DELETE"));
  const said = (held) => held.filter(isSaid).map(([name, value]) => [name, value]);
  return JSON.stringify(said(one)) === JSON.stringify(said(other));
}

/* Put what was read back into the form. Rows find their own by number; what has none there is added. */
export function fill(form, held) {
  const moved = new Map();
  held
    .filter(([name]) => name.endsWith("-TOTAL_FORMS"))
    .forEach(([name]) => findRows(form, held, name.replace("-TOTAL_FORMS", ""), moved));
  held
    .filter(([name]) => !OF_THE_PAGE.test(name))
    .forEach(([name, value, labels]) => {
      const [, row, column] = name.match(/^(\w+-\d+)(-\w+)$/) ?? [];
      const field = form.elements[row ? `${moved.get(row)}${column}` : name];
      if (field) set(field, value, labels);
    });
}

/* Note in `moved` under which name each row of a copy ("bylines-1") stands in the page. */
function findRows(form, held, prefix, moved) {
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  if (!total) return;
  const rows = new Map();
  held.forEach((each) => {
    const [, row, column] = each[0].match(/^(\w+-\d+)-(\w+)$/) ?? [];
    if (row?.startsWith(`${prefix}-`)) rows.set(row, (rows.get(row) ?? new Map()).set(column, each[1]));
  });
  const known = [...rows.values()].map((columns) => columns.get("id"));
  const free = Array.from({ length: Number(total.value) }, (_, number) => `${prefix}-${number}`);
  const take = (test) => {
    const place = free.findIndex(test);
    return place < 0 ? null : free.splice(place, 1)[0];
  };
  const standing = (name, column) => {
    const field = form.elements[`${name}-${column}`];
    return field && read({ elements: [field] })[0]?.[1];
  };
  for (const [row, columns] of rows) {
    const isSame = (name) =>
      !known.includes(standing(name, "id")) &&
      [...columns].every(([column, value]) =>
        OF_THE_PAGE.test(`-${column}`) || column === "DELETE" || JSON.stringify(standing(name, column)) === JSON.stringify(value));
    const id = columns.get("id");
    const name = (id && take((one) => standing(one, "id") === id)) || take(isSame);
    moved.set(row, name ?? add(form, prefix, total));
  }
}

function add(form, prefix, total) {
  const name = `${prefix}-${total.value}`;
  form.querySelector(`#${prefix}-group .add-row a`)?.click();
  return name;
}

function set(field, value, labels) {
  const editor = CKEDITOR?.instances[field.id];
  if (editor) {
    editor.setData(value);
    return;
  }
  if (field.type === "checkbox") {
    field.checked = value;
  } else if (field.options) {
    value.forEach((one, place) => {
      if (![...field.options].some((option) => option.value === one)) field.add(new Option(labels[place], one));
    });
    [...field.options].forEach((option) => {
      option.selected = value.includes(option.value);
    });
  } else {
    field.value = value;
  }
  django.jQuery(field).trigger("change"); // select2 hears nothing else
}
