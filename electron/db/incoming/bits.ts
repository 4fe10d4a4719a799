import { itemEffects, type ItemEffect } from '#shared/callbacks/callback.ts'

/** A set of names as bits, in the order of all the names that there are. */
export function bitsOf<Name extends string>(names: readonly Name[], present: readonly Name[]): number {
  return present.reduce((bits, name) => bits | (1 << names.indexOf(name)), 0)
}

export function namesOf<Name extends string>(names: readonly Name[], bits: number): Name[] {
  return names.filter((_, index) => (bits & (1 << index)) !== 0)
}

const ordinary = bitsOf<ItemEffect>(itemEffects, ['counted', 'noted', 'repeat'])

/** What a callback did as they mostly do: nobody looks for it. */
export const isOrdinary = (effects: number) => (effects & ~ordinary) === 0

/** One looks for nothing but what is out of the ordinary. */
export const isOutOfOrdinary = (effects: number) => effects !== 0 && (effects & ordinary) === 0
