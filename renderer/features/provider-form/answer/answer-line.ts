/** A piece of a line; one with a path is a value that can be read from there. */
export interface AnswerPiece {
  kind: 'plain' | 'key' | 'value' | 'list'
  text: string
  /** A JSON or XML path, as the readings take it. */
  path?: string
  /** The value as it is read. */
  value?: string
}

export interface AnswerLine {
  depth: number
  pieces: AnswerPiece[]
}

/** More than anybody looks through; the rest is left out. */
export const mostLines = 1000
