/* What the editor of rich text needs from this site: a token with each upload, the server's own sentence
   when one is refused, and figures that came back from the server recognised as pictures again. */
(() => {
  "use strict";
  const { CKEDITOR } = window;
  if (!CKEDITOR) return;

  function sendToken({ editor, data: { fileLoader } }) {
    const token = editor.element.$.form.elements.csrfmiddlewaretoken;
    fileLoader.xhr.setRequestHeader("X-CSRFToken", token.value);
    fileLoader.on("error", () => {
      try {
        fileLoader.message = JSON.parse(fileLoader.xhr.responseText).error.message;
      } catch {
        // Not our answer: the editor's own sentence stands.
      }
    }, null, null, 0);
  }

  /* The server keeps no classes, and the picture plugin knows a captioned picture by one. */
  function recogniseFigures({ data: { dataValue } }) {
    dataValue.forEach((element) => {
      if (element.name === "figure" && element.getFirst("img")) element.addClass("image");
    }, CKEDITOR.NODE_ELEMENT, true);
  }

  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("fileUploadRequest", sendToken);
    editor.on("toHtml", recogniseFigures, null, null, 7);
  });
})();
