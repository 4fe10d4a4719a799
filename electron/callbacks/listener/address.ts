import type { ListenerSettings } from '#shared/callbacks/listener.ts'

const path = /^(?<before>[^?#]*)\/c\/(?<key>[A-Za-z0-9_-]{16,64})\/?(?:\?(?<query>.*))?$/s

/** The key in a request's path, whatever stands before it, as a proxy may keep its own path; null: it has none. */
export function keyIn(url: string): string | null {
  return path.exec(url)?.groups?.['key'] ?? null
}

export function queryOf(url: string): string {
  const at = url.indexOf('?')
  return at === -1 ? '' : url.slice(at + 1)
}

/** Path and query without the key, wherever it stands. */
export function maskTarget(url: string): string {
  const key = keyIn(url)
  return key === null ? url : url.replaceAll(`/c/${key}`, '/c/…')
}

/** What `maskTarget` was given, with the key that the address has now. */
export function unmaskTarget(target: string, key: string): string {
  return target.replaceAll('/c/…', `/c/${key}`)
}

export function localBase(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** Without the slash at its end; null without one. */
export function publicBase({ publicUrl }: Pick<ListenerSettings, 'publicUrl'>): string | null {
  return publicUrl === '' ? null : publicUrl.replace(/\/+$/, '')
}

/** The addresses under which a request may have been signed, the public one first. */
export function signedUrls(url: string, port: number, settings: ListenerSettings): string[] {
  const base = publicBase(settings)
  const local = localBase(port) + url
  if (base === null) return [local]
  const { origin, pathname } = new URL(base)
  const own = url.startsWith(`${pathname}/`) ? url.slice(pathname.length) : url
  return [...new Set([base + own, origin + url, local])]
}
