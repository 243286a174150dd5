// The pictures of an article, large, one after the other: by hand, by the arrow keys, Escape to go back.

const links = [...document.querySelectorAll("a[data-enlarge]")];
const viewer = document.getElementById("viewer")?.content.firstElementChild;

function shown(link) {
  const small = link.querySelector("img");
  const large = new Image(small.getAttribute("width"), small.getAttribute("height"));
  large.alt = small.alt;
  large.src = link.href;
  const figure = document.createElement("figure");
  figure.append(large);
  const caption = link.closest("figure").querySelector("figcaption")?.cloneNode(true);
  if (caption) {
    for (const anchor of caption.querySelectorAll("[id]")) anchor.removeAttribute("id");
    figure.append(caption);
  }
  return figure;
}

if (viewer && links.length) {
  const part = (name) => viewer.querySelector(`.viewer-${name}`);
  let here = 0;

  const turn = (to) => {
    here = (to + links.length) % links.length;
    part("shown").replaceChildren(shown(links[here]));
    part("place").textContent = `${here + 1}/${links.length}`;
  };

  part("ways").hidden = links.length < 2;
  part("close").addEventListener("click", () => viewer.close());
  part("previous").addEventListener("click", () => turn(here - 1));
  part("next").addEventListener("click", () => turn(here + 1));
  viewer.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && links.length > 1) turn(here + step);
  });
  // Beside the picture is outside.
  viewer.addEventListener("click", (event) => {
    if (event.target === viewer || event.target === part("shown")) viewer.close();
  });
  viewer.addEventListener("close", () => links[here].focus());
  document.body.append(viewer);

  for (const [place, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a window of its own, then
      event.preventDefault();
      turn(place);
      viewer.showModal();
    });
  }
}
