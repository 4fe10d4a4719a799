import type { z } from 'zod'

/** A command's shape: the schema that its input is parsed with, and the type of its answer. */
export interface Command<Input extends z.ZodType, Output> {
  input: Input
  /** Never set at run time; it carries the type. */
  output?: Output
}

export function command<Input extends z.ZodType>(input: Input) {
  return { returns: <Output>(): Command<Input, Output> => ({ input }) }
}
