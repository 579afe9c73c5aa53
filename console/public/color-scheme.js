// Sets the colour scheme before the first paint, so that a dark console does not flash white.
// A file of its own, because the content security policy allows no inline script.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('exaone.color-scheme');
  } catch {
    // Storage may be closed to the page (private mode, policy); the system's choice then holds.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
