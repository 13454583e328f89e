"""How the site is built: ``sphinx-build -W docs build/docs``. Neither building nor reading it asks the network for anything."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
# Tutorials are run when the site is built, and type `protestlaw`: it is to be the one of the Python that builds.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])

import mesa  # noqa: E402, F401  (looks at the whole stack when it is imported, which is short here: two seconds)
from extensions.links import SEMINAR  # noqa: E402

from sim.version import __version__  # noqa: E402  (the checkout's own)

project = "protestlaw"
author = "protestlaw contributors"
copyright = "protestlaw contributors, MIT licence"  # noqa: A001  (Sphinx calls it so)
version = release = __version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "extensions.docstrings",
    "extensions.links",
    "extensions.made",
    "extensions.mathml",
]
exclude_patterns = ["extensions"]
highlight_language = "none"  # a block that does not say its language is a formula, and no Python
smartquotes = False  # commands and keys are typed with straight ones
toc_object_entries = False
nitpicky = False  # names in docstrings need not be public; a link that leads nowhere is an error all the same, by `-W`

# ---- Markdown --------------------------------------------------------------------------------------------------------
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
myst_url_schemes = {"http": None, "https": None, "mailto": None, "site": "{{path}}#{{fragment}}"}
myst_dmath_double_inline = True
myst_dmath_allow_digits = False  # 5$ is money
suppress_warnings = ["misc.highlighting_failure"]

# ---- tutorials -------------------------------------------------------------------------------------------------------
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

# ---- the public face -------------------------------------------------------------------------------------------------
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
add_module_names = False

# ---- looks -----------------------------------------------------------------------------------------------------------
html_title = "protestlaw"
html_theme = "pydata_sphinx_theme"
html_math_renderer = "mathml"
html_context = {"default_mode": "auto"}
html_favicon = "static/icon.svg"
html_static_path = ["static"]
html_css_files = ["site.css", "worksheets.css"]
html_js_files = ["site.js"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "collapse_navigation": True,
    "footer_start": ["copyright"],
    "footer_end": [],
    "header_links_before_dropdown": 6,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": True,
    "show_toc_level": 2,
}
html_sidebars = {"**": ["sidebar-nav-bs"], "index": []}
html_extra_path = [str(SEMINAR)] if SEMINAR.exists() else []  # at the root, where the worksheets' links lead
