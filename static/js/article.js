// The scripts of an article, each for itself. `collectstatic` binds them into one file (newsroom/staticfiles.py).

import "./copy.js";
import "./print.js";
import "./gallery.js";
import "./comments.js";
