/* What the editor of rich text needs from this site: a token with each upload, the server's own sentence
   when one is refused, figures that came back from the server recognised as pictures again, its last
   words in our language, and a field for a file that no page need run a script for. */
(() => {
  "use strict";
  const { CKEDITOR } = window;
  if (!CKEDITOR) return;

  function sendToken({ editor, data: { fileLoader } }) {
    const token = editor.element.$.form.elements.csrfmiddlewaretoken;
    fileLoader.xhr.setRequestHeader("X-CSRFToken", token.value);
    const say = () => {
      try {
        fileLoader.message = JSON.parse(fileLoader.xhr.responseText).error.message;
      } catch {
        // Not our answer: the editor's own sentence stands.
      }
    };
    fileLoader.on("error", say, null, null, 0);
  }

  /* The server keeps no classes, and the picture plugin knows a captioned picture by one. */
  function recogniseFigures({ data: { dataValue } }) {
    dataValue.forEach((element) => {
      if (element.name === "figure" && element.getFirst("img")) element.addClass("image");
    }, CKEDITOR.NODE_ELEMENT, true);
  }

  /* A picture on its way is known by two attributes, which never reach the stored text. */
  function allowUploads({ editor }) {
    editor.filter.allow("img[!data-widget,!data-cke-upload-id]", "uploadwidget", true);
  }

  function speak({ editor }) {
    Object.entries(editor.config.words ?? {}).forEach(([plugin, words]) => Object.assign(editor.lang[plugin], words));
  }

  /* The editor writes the field of its dialogs into a frame, with a script beside it; ours is a field. */
  function chooseFilesPlainly() {
    CKEDITOR.dialog.addUIElement("file", {
      build(dialog, definition, output) {
        const html = '<input class="cke_dialog_ui_input_file" type="file" accept="image/jpeg,image/png,image/webp">';
        const field = new CKEDITOR.ui.dialog.html(dialog, { ...definition, html, focus() {} }, output);
        field._.buttons = []; // those that send what is chosen; they rest while it is on its way
        dialog.on("load", () => field.getElement().setAttribute("aria-label", definition.label));
        return Object.assign(field, {
          getAction: () => definition.action,
          getValue: () => field.getElement().$.value,
          setInitValue() {},
          reset() {
            field.getElement().$.value = "";
            field._.buttons.forEach((button) => button.enable());
          },
        });
      },
    });
  }

  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("pluginsLoaded", chooseFilesPlainly);
    editor.on("fileUploadRequest", sendToken);
    editor.on("toHtml", recogniseFigures, null, null, 7);
    editor.on("pluginsLoaded", allowUploads);
    editor.on("pluginsLoaded", speak);
  });
})();
