// The scripts of every page, each for itself. `collectstatic` binds them into one file (newsroom/staticfiles.py).

import "./display.js";
import "./visits.js";
