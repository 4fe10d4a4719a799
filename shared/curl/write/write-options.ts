/** A request as its bytes read: text is sent in UTF-8. */
export interface CurlRequest {
  method: string
  url: string
  headers: { name: string; value: string }[]
  body: string
  /** User name and password with a colon between, which the header Authorization is made of by curl. */
  user?: string | undefined
}

/** An option of curl: its flag, its name in a configuration file, and its value where it takes one. */
export interface CurlOption {
  flag: string
  key: string
  value: string | null
}

const header = (value: string): CurlOption => ({ flag: '-H', key: 'header', value })
const method = (value: string): CurlOption => ({ flag: '-X', key: 'request', value })
const user = (value: string): CurlOption => ({ flag: '-u', key: 'user', value })
const bare = (key: string): CurlOption => ({ flag: `--${key}`, key, value: null })

/** Taken literally, whatever its first character, and with its line breaks. */
export const dataRaw = (value: string): CurlOption => ({ flag: '--data-raw', key: 'data-raw', value })
export const dataFromInput: CurlOption = { flag: '--data-binary', key: 'data-binary', value: '@-' }

/** From this many bytes on some versions of curl ask the server first whether it will take the body. */
const asksFrom = 1024

/**
 * What makes curl send this request: each header as it is and in its order, and none that curl would add. Host,
 * Content-Length and Connection are left to curl, as they are to the connection here. `emptyBody` says whether the
 * shell can hand an empty value over; where it cannot, the length is spelt out.
 */
export function curlOptions(request: CurlRequest, data: CurlOption | null, emptyBody: boolean): CurlOption[] {
  const hasData = data !== null && (request.body !== '' || emptyBody)
  return [
    ...urlOptions(request.url),
    ...methodOptions(request, hasData),
    ...headerOptions(request, hasData),
    ...(hasData ? [data] : []),
  ]
}

/** The body where the method has one: a POST without any says so by a length of 0. */
export function hasBody({ method: verb, body }: CurlRequest): boolean {
  return body !== '' || verb === 'POST'
}

function urlOptions(url: string): CurlOption[] {
  const options: CurlOption[] = []
  if (/[[\]{}]/.test(url)) options.push(bare('globoff'))
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(url.split('?', 1)[0] ?? '')) options.push(bare('path-as-is'))
  if (/^https:/i.test(url)) options.push(bare('http1.1'))
  return options
}

function methodOptions({ method: verb, body }: CurlRequest, hasData: boolean): CurlOption[] {
  if (verb === 'HEAD' && body === '') return [bare('head')]
  return verb === (hasData ? 'POST' : 'GET') ? [] : [method(verb)]
}

function headerOptions(request: CurlRequest, hasData: boolean): CurlOption[] {
  const sent = request.headers.filter((one) => !isOfConnection(one, request.url))
  const missing = (name: string) => !sent.some((one) => one.name.toLowerCase() === name.toLowerCase())
  const without = (name: string) => (missing(name) ? [header(`${name}:`)] : [])
  return [
    ...(request.user === undefined ? [] : [user(request.user)]),
    ...sent.map(({ name, value }) => header(value === '' ? `${name};` : `${name}: ${value}`)),
    ...(hasData ? without('Content-Type') : []),
    ...without('Accept'),
    ...without('User-Agent'),
    ...(request.body.length * 3 >= asksFrom ? without('Expect') : []),
    ...(!hasData && hasBody(request) ? [header('Content-Length: 0')] : []),
  ]
}

function isOfConnection({ name, value }: { name: string; value: string }, url: string): boolean {
  switch (name.toLowerCase()) {
    case 'content-length':
      return true
    case 'connection':
      return value.toLowerCase() === 'keep-alive'
    case 'host':
      return value.toLowerCase() === hostOf(url)
    default:
      return false
  }
}

/** As curl writes it: without the port that the scheme means anyway. */
function hostOf(url: string): string | null {
  const [, scheme, host] = /^(https?):\/\/([^/?#]*)/i.exec(url.toLowerCase()) ?? []
  return host?.replace(scheme === 'https' ? /:443$/ : /:80$/, '') ?? null
}

/** Credentials in an address are not sent from here; curl would make a header of them. */
export function withoutCredentials(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1')
}
