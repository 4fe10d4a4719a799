/** SQLite and the file system each say in a code of their own that there is no space left. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT'
}
