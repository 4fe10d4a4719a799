const day = (at: Date) => [at.getFullYear(), at.getMonth() + 1, at.getDate()]
const time = (at: Date) => [at.getHours(), at.getMinutes(), at.getSeconds()]
const two = (value: number) => String(value).padStart(2, '0')

/** Local time, the same in every language: a script may read it. */
export function clock(epoch: number): string {
  const at = new Date(epoch)
  return `${day(at).map(two).join('-')} ${time(at).map(two).join(':')}`
}
