import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupInfo } from '#shared/app-info.ts'
import { connectToRead } from '../connection.ts'
import { examine } from './examine.ts'

export interface BackupFile {
  name: string
  path: string
  at: number
  bytes: number
}

/** Names that the workbench gives, with their time; others, put there by hand, go by the file's time. */
const timeInside = /(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.sqlite$/

/** Newest first; empty when there is no such folder. */
export function listBackupFiles(folder: string): BackupFile[] {
  const names = namesIn(folder).filter((name) => name.endsWith('.sqlite'))
  return names
    .map((name) => describe(folder, name))
    .filter((file) => file !== null)
    .sort((one, other) => other.at - one.at || other.name.localeCompare(one.name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function describe(folder: string, name: string): BackupFile | null {
  const path = join(folder, name)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile()) return null
  return { name, path, at: timeOf(name) ?? stat.mtimeMs, bytes: stat.size }
}

function timeOf(name: string): number | null {
  const [, day, hours, minutes, seconds, milliseconds] = timeInside.exec(name) ?? []
  if (!day) return null
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`)
  return Number.isNaN(at) ? null : at
}

export type Finding = Pick<BackupInfo, 'usable' | 'providers' | 'messages'>
export const unusable: Finding = { usable: false, providers: null, messages: null }

/** Remembers what was found in each backup, because looking at every page of it takes its time. */
export class BackupList {
  private readonly findings: Memory = new Map()
  private readonly glances: Memory = new Map()
  private readonly folder: string
  private readonly known: number

  constructor(folder: string, known: number) {
    this.folder = folder
    this.known = known
  }

  /** Newest first. Backups not looked at before are only glanced at, and their rows are not counted. */
  glance(): BackupInfo[] {
    return this.list(
      (file) => recall(this.findings, file) ?? remember(this.glances, file, () => this.glanceAt(file)),
    )
  }

  /** Newest first, every page of each looked at, unless that was done since it last changed. */
  check(): BackupInfo[] {
    return this.list((file) => remember(this.findings, file, () => findIn(file.path, this.known)))
  }

  private list(find: (file: BackupFile) => Finding): BackupInfo[] {
    return listBackupFiles(this.folder).map((file) => {
      const { name, at, bytes } = file
      return { name, at, bytes, ...find(file) }
    })
  }

  private glanceAt(file: BackupFile): Finding {
    const { state } = examine(file.path, { known: this.known, whole: false })
    return { ...unusable, usable: state === 'good' }
  }
}

type Memory = Map<string, { of: string; finding: Finding }>

function recall(memory: Memory, file: BackupFile): Finding | null {
  const entry = memory.get(file.name)
  return entry?.of === stampOf(file) ? entry.finding : null
}

function remember(memory: Memory, file: BackupFile, find: () => Finding): Finding {
  const known = recall(memory, file)
  if (known) return known
  const finding = find()
  memory.set(file.name, { of: stampOf(file), finding })
  return finding
}

function stampOf({ path, bytes }: BackupFile): string {
  return `${bytes}:${statSync(path, { throwIfNoEntry: false })?.mtimeMs}`
}

/** Looks at every page of a store's file and counts what is in it. Never throws. */
export function findIn(path: string, known: number): Finding {
  if (examine(path, { known, whole: true }).state !== 'good') return unusable
  try {
    const db = connectToRead(path)
    const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    try {
      return { usable: true, providers: count('providers'), messages: count('messages') }
    } finally {
      db.close()
    }
  } catch {
    return unusable
  }
}
