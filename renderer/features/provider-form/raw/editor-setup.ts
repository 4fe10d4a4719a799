import {
  autocompletion,
  closeCompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { history, historyKeymap, indentLess, indentMore, standardKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { xml } from '@codemirror/lang-xml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, linter } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { completions } from '../form-hints.ts'
import { bodyProblem, placeOf, type BodyKind } from './body-problem.ts'
import { templateMarks } from './editor-marks.ts'
import { editorTheme } from './editor-theme.ts'

/** What depends on the content type. */
export function languageOf(kind: BodyKind): Extension {
  const language = kind === 'json' ? json() : kind === 'xml' ? xml() : []
  return [language, linter((view) => diagnosticsOf(view.state.doc.toString(), kind), { delay: 300 })]
}

function diagnosticsOf(text: string, kind: BodyKind) {
  const problem = bodyProblem(text, kind)
  if (!problem) return []
  const { line, column } = placeOf(text, problem.from)
  const message = `Line ${line}, column ${column}: ${problem.message}`
  return [{ from: problem.from, to: problem.to, severity: 'error' as const, message }]
}

function complete(context: CompletionContext): CompletionResult | null {
  const typed = context.matchBefore(/\$\$\w*|\{\{\w*/)
  if (!typed) return null
  const start = typed.text.slice(0, 2)
  const options = completions
    .filter(({ text }) => text.startsWith(start))
    .map(({ text, meaning }, index) => ({ label: text, detail: meaning, boost: -index }))
  return { from: typed.from, options, validFor: /^(?:\$\$|\{\{)\w*$/ }
}

/** Tab is not bound: it leaves the editor. Nor is what the page itself listens to, such as Ctrl+Enter. */
export const setup: Extension = [
  lineNumbers(),
  lintGutter(),
  highlightActiveLineGutter(),
  history(),
  drawSelection(),
  bracketMatching(),
  indentOnInput(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  EditorView.lineWrapping,
  autocompletion({ override: [complete], icons: false }),
  templateMarks,
  editorTheme,
  keymap.of([
    { key: 'Escape', run: closeCompletion, stopPropagation: true },
    ...completionKeymap,
    { key: 'Mod-]', run: indentMore },
    { key: 'Mod-[', run: indentLess },
    ...standardKeymap,
    ...historyKeymap,
  ]),
]
