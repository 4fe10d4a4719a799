import type { Timings } from '#shared/attempt.ts'

/** To microseconds: what is finer is noise, and takes room. */
export function rounded(timings: Timings): Timings {
  const round = (ms: number | null) => (ms === null ? null : Math.round(ms * 1000) / 1000)
  const { dns, connect, tunnel, tls, firstByte, download, total, reused, remoteAddress } = timings
  return {
    dns: round(dns),
    connect: round(connect),
    ...(tunnel === undefined ? null : { tunnel: round(tunnel) }),
    tls: round(tls),
    firstByte: round(firstByte),
    download: round(download),
    total: round(total) ?? 0,
    reused,
    remoteAddress,
  }
}
