import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** The built page's files and the headers they go out with: the desktop's app:// and the headless host serve the same. */
export interface PageAnswer {
  status: 200 | 404
  headers: Record<string, string>
  body: Buffer
}

/** 'unsafe-inline' for styles only: Naive UI adds style elements at run time. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent with every answer of every kind, errors included. */
export const securityHeaders: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

// A list of what a name may be rather than of what it may not: no segment begins with a dot, and there is no room for a
// percent sign, a backslash, a colon or a NUL, so no name can lead out of the folder.
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/

/**
 * Finds the file that a path names. A path whose last part has no extension (`/providers/1`) is the address of a page
 * and answers with index.html, to a caller that accepts HTML.
 */
export async function pageAnswer(folder: string, path: string, acceptsHtml: boolean): Promise<PageAnswer> {
  if (path !== '/' && !plainPath.test(path)) return notFound()
  if (extname(path)) return fileAnswer(folder, path)
  return acceptsHtml ? fileAnswer(folder, '/index.html') : notFound()
}

async function fileAnswer(folder: string, path: string): Promise<PageAnswer> {
  const contentType = contentTypes[extname(path)]
  if (!contentType) return notFound()
  try {
    const body = await readFile(join(folder, ...path.split('/')))
    return {
      status: 200,
      headers: { ...securityHeaders, 'content-type': contentType, ...caching(path) },
      body,
    }
  } catch (error) {
    if (isMissing(error)) return notFound()
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code))
  )
}

/** The names under assets/ hold a hash of the content; the rest may change with the next version. */
function caching(path: string): Record<string, string> {
  return { 'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache' }
}

function notFound(): PageAnswer {
  const headers = {
    ...securityHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  }
  return { status: 404, headers, body: Buffer.from('There is no such page.\n') }
}
