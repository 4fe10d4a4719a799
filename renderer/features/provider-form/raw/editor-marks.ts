import { Prec, StateField, type EditorState, type Extension, type Range } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import { intendedPlaceholder, parseTemplate, sourceOf, type TemplatePart } from '#shared/placeholders.ts'

const marks = {
  placeholder: Decoration.mark({ class: 'cm-placeholder-mark' }),
  doubtful: Decoration.mark({ class: 'cm-placeholder-mark cm-doubtful-mark' }),
  secret: Decoration.mark({ class: 'cm-secret-mark' }),
}

function marksOf(state: EditorState): DecorationSet {
  const found: Range<Decoration>[] = []
  let at = 0
  for (const part of parseTemplate(state.doc.toString())) {
    const { length } = sourceOf(part)
    if (part.kind !== 'text') found.push(markOf(part).range(at, at + length))
    at += length
  }
  return Decoration.set(found)
}

function markOf(part: Exclude<TemplatePart, { kind: 'text' }>): Decoration {
  if (part.kind === 'secret') return marks.secret
  return part.kind === 'placeholder' && intendedPlaceholder(part.name) ? marks.doubtful : marks.placeholder
}

const field = StateField.define<DecorationSet>({
  create: marksOf,
  update: (value, transaction) => (transaction.docChanged ? marksOf(transaction.state) : value),
  provide: (own) => EditorView.decorations.from(own),
})

/** Placeholders and references to secrets, on top of the language's own colours. */
export const templateMarks: Extension = Prec.highest(field)
