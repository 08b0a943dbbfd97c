// The demo shop in the visitor's language: ?lang=es, else what the browser prefers.
const asked = new URLSearchParams(location.search).get('lang') || navigator.language;
const language = asked.startsWith('es') ? 'es' : 'en';
document.documentElement.lang = language;
addEventListener('DOMContentLoaded', () => {
  for (const link of document.querySelectorAll('nav a')) {
    if (link.lang === language) link.setAttribute('aria-current', 'true');
  }
  if (language !== 'es') return;
  for (const node of document.querySelectorAll('[data-es]')) node.textContent = node.dataset.es;
  for (const node of document.querySelectorAll('[data-label-es]')) node.setAttribute('aria-label', node.dataset.labelEs);
  document.title = 'Aurora Coffee · una tienda de prueba';
});
