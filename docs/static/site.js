/* Opened from a folder, a page may not read other pages: the search then lists titles alone, and asks for nothing it cannot have. */
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
