import { secretReference } from '../../placeholders.ts'
import { freeSecretName } from '../../secret-names.ts'
import { looksUnfilled, wantedName } from './fill-in.ts'

/** Gives secrets their names; a value that comes again is the same secret. */
export class SecretKeeper {
  readonly values: Record<string, string> = {}
  private readonly names = new Map<string, string>()

  /** Keeps a value and answers with the reference that stands for it. A mere hint is kept as an empty value. */
  keep(wished: string, value: string, unfilled = looksUnfilled(value)): string {
    const known = this.names.get(value)
    if (known !== undefined) return secretReference(known)
    const hint = unfilled ? wantedName(value) : ''
    const taken = (name: string) => Object.hasOwn(this.values, name) || name === '__proto__'
    const name = freeSecretName(hint || wished, taken)
    this.values[name] = unfilled ? '' : value
    if (value !== '') this.names.set(value, name)
    return secretReference(name)
  }
}
