/**
 * The answers that every vendor has; further ones have names of their own. Two of those have a meaning: `badJson` is for a
 * body that cannot be read, `wrongContentType` for one of a type that the API does not take; without them these are
 * answered in plain words.
 */
export const commonAnswers = [
  'accepted',
  'unauthorized',
  'invalidNumber',
  'optedOut',
  'noCredit',
  'rateLimited',
  'serverError',
] as const
export type CommonAnswer = (typeof commonAnswers)[number]
