import type { MaskedText } from '#shared/attempt.ts'
import type { BundleAttempt } from '#shared/bundle/attempt-schema.ts'
import type { Bundle, BundleCallback } from '#shared/bundle/format.ts'

/*
 * HAR 1.2. Names that begin with an underscore are ours, as the format allows. A phase that did not happen is -1;
 * `connect` holds the time of `ssl`, and `time` is the sum of all phases.
 */

type NameValue = { name: string; value: string }

interface HarEntry {
  startedDateTime: string
  time: number
  request: object
  response: object
  cache: object
  timings: Record<string, number>
  serverIPAddress?: string
  comment?: string
  [own: `_${string}`]: unknown
}

/** Attempts and callbacks in the order in which they came, but for those whose contents were removed. */
export function harOf(bundle: Bundle): object {
  const { attempts, callbacks, message, program, group, masked } = bundle
  const entries = [
    ...attempts.flatMap((attempt) => attemptEntry(attempt) ?? []),
    ...callbacks.filter(({ cleared }) => !cleared).map(callbackEntry),
  ]
  const [name = program, ...version] = program.split(/ (?=\S+$)/)
  return {
    log: {
      version: '1.2',
      creator: { name, version: version[0] ?? '' },
      pages: [],
      entries: entries.sort((one, other) => one.startedDateTime.localeCompare(other.startedDateTime)),
      comment: 'A message with its attempts, and the callbacks that came for it. Secrets are left out.',
      _message: { ...message, group: group?.name ?? null },
      _masked: masked,
    },
  }
}

/** Null: no request could be made, or it was removed. */
function attemptEntry(attempt: BundleAttempt): HarEntry | null {
  const { request, response, timings, outcome, position, providerName } = attempt
  if (!request) return null
  const url = plainOf(request.url)
  const headers = request.headers.map(({ name, value }) => ({ name, value: plainOf(value) }))
  const { phases, time } = phasesOf(attempt)
  const address = timings?.remoteAddress
  return {
    startedDateTime: new Date(attempt.startedAt).toISOString(),
    time,
    request: requestOf(request.method, url, headers, plainOf(request.body)),
    response: response
      ? responseOf(response.status, response.statusText, response.headers, response.body, response.bytes)
      : { ...responseOf(0, '', [], '', 0), _error: outcome?.code ?? 'no answer' },
    cache: {},
    timings: phases,
    ...(address ? { serverIPAddress: address } : {}),
    comment: `Attempt ${position} with ${providerName}`,
    _kind: 'attempt',
    _outcome: outcome,
    _reused: timings?.reused ?? false,
  }
}

function callbackEntry(callback: BundleCallback): HarEntry {
  const { target, headers, body, answer, method, receivedAt, items, signature } = callback
  const text = 'text' in body ? body.text : body.base64
  const url = `http://127.0.0.1${target.replace('/c/…', '/c/KEY')}`
  const request = requestOf(method, url, headers, text)
  const answered = [{ name: 'Content-Type', value: answer.contentType }]
  return {
    startedDateTime: new Date(receivedAt).toISOString(),
    time: 0,
    request: 'text' in body ? request : { ...request, _encoding: 'base64' },
    response: responseOf(
      answer.status,
      '',
      answered,
      answer.body,
      new TextEncoder().encode(answer.body).length,
    ),
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: 'A callback as it came, and what the listener answered',
    _kind: 'callback',
    _signature: signature,
    _items: items,
  }
}

function requestOf(method: string, url: string, headers: NameValue[], body: string): object {
  const mimeType = valueOf(headers, 'content-type')
  const isForm = mimeType.toLowerCase().startsWith('application/x-www-form-urlencoded')
  const params = isForm ? pairsOf(body) : []
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers,
    queryString: pairsOf(/\?([^#]*)/.exec(url)?.[1] ?? ''),
    ...(body === '' ? {} : { postData: { mimeType, params, text: body } }),
    headersSize: -1,
    bodySize: new TextEncoder().encode(body).length,
  }
}

function responseOf(
  status: number,
  statusText: string,
  headers: NameValue[],
  text: string,
  size: number,
): object {
  return {
    status,
    statusText,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers,
    content: { size, mimeType: valueOf(headers, 'content-type') || 'x-unknown', text },
    redirectURL: valueOf(headers, 'location'),
    headersSize: -1,
    bodySize: status === 0 ? -1 : size,
  }
}

function phasesOf({ timings, startedAt, finishedAt }: BundleAttempt) {
  if (!timings) {
    const wait = Math.max(0, (finishedAt ?? startedAt) - startedAt)
    return { phases: { send: 0, wait, receive: 0 }, time: wait }
  }
  const { dns, connect, tunnel, tls, firstByte, download, total } = timings
  const sum = (...parts: (number | null | undefined)[]) =>
    parts.reduce<number>((all, one) => all + (one ?? 0), 0)
  const connected = connect === null ? -1 : sum(connect, tunnel, tls)
  // What no phase accounts for, such as waiting for a place.
  const blocked = Math.max(0, total - sum(dns, connect, tunnel, tls, firstByte, download))
  const phases = {
    blocked,
    dns: dns ?? -1,
    connect: connected,
    ssl: tls ?? -1,
    send: 0,
    wait: firstByte ?? 0,
    receive: download ?? 0,
  }
  return { phases, time: sum(blocked, dns, Math.max(0, connected), firstByte, download) }
}

/** With each secret named, as settings name it. */
function plainOf(text: MaskedText): string {
  return text.map((part) => (typeof part === 'string' ? part : `{{secret:${part.secret}}}`)).join('')
}

function valueOf(headers: NameValue[], wanted: string): string {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
}

function pairsOf(text: string): NameValue[] {
  return text === '' ? [] : [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))
}
