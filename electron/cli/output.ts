import type { AppErrorData } from '#shared/errors.ts'

/** What a command prints: one JSON document or lines for people, never both. */
export function printResult(json: boolean, document: unknown, lines: () => string[]): void {
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${lines().join('\n')}\n`)
}

/** An error is the command's document where JSON is asked for. */
export function printError(json: boolean, error: AppErrorData): void {
  if (json) printResult(true, { error }, () => [])
  else printMessage(error.message)
}

export function printMessage(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Columns as wide as their widest cell, the last one as wide as it likes. */
export function tableLines(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
