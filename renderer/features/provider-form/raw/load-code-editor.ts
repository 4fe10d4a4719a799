/** A chunk of its own, fetched when a form opens: by the time a raw body is chosen it is usually there. */
export const loadCodeEditor = () => import('./CodeEditor.vue')
