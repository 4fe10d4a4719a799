import type { BulkSetup, DryRow } from '#shared/bulk.ts'
import { dryRows } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { insertJob, listJobs, moveJob } from '../db/jobs/bulk.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import { columnNames, CsvReader, guessDelimiter } from './csv.ts'
import { mustGetJob, type Dispatcher } from './dispatcher.ts'
import { Loader } from './loader.ts'
import { RowMaker } from './make-row.ts'
import { guessNumberColumn, looksLikeHeader } from './guess-columns.ts'
import { refusedPage, resultPage } from './results.ts'
import { bulkTarget, targetInfo } from './target-info.ts'

type BulkHandlers = Pick<
  Handlers,
  | 'bulk.columns'
  | 'bulk.dryRun'
  | 'bulk.create'
  | 'bulk.load'
  | 'bulk.loaded'
  | 'bulk.list'
  | 'bulk.get'
  | 'bulk.start'
  | 'bulk.pause'
  | 'bulk.cancel'
  | 'bulk.results'
  | 'bulk.target'
  | 'bulk.refused'
  | 'bulk.delete'
>

export interface BulkParts {
  stores: StoreHandle
  dispatcher: Dispatcher
  now: () => number
  /** Else nothing goes on after an answer. */
  staysOpen: boolean
}

const mostJobs = 500

export function bulkHandlers({ stores, dispatcher, now, staysOpen }: BulkParts): BulkHandlers {
  const loaders = new Map<string, Loader>()

  const create = async ({ id, setup }: { id: string; setup: BulkSetup }) => {
    const { store } = stores
    const { name } = store.read((db) => targetInfo(db, setup.target))
    const seq = await store.write((db) =>
      insertJob(db, {
        id,
        name: setup.name,
        setup: JSON.stringify(setup),
        target_name: name,
        columns: '[]',
        created_at: now(),
      }),
    )
    if (seq !== null) loaders.set(id, new Loader(store, { seq, setup, now }))
    return dispatcher.tell(id)
  }

  const loaderOf = (id: string): Loader => {
    const { state } = stores.store.read((db) => mustGetJob(db, id))
    const loader = loaders.get(id)
    if (!loader || state !== 'loading')
      throw new AppError('changed_elsewhere', 'Its file is not being read any more.')
    return loader
  }

  /** A file that turns out to be none leaves nothing: what was read of it is never sent. */
  const orRemove = async (id: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      loaders.delete(id)
      await dispatcher.remove(id).catch(() => {})
      throw error
    }
  }

  const loaded = async ({ id }: { id: string }) => {
    const loader = loaderOf(id)
    await orRemove(id, () => loader.end())
    loaders.delete(id)
    await stores.store.write((db) =>
      moveJob(db, mustGetJob(db, id).seq, ['loading'], { state: 'ready', now: now() }),
    )
    return dispatcher.tell(id)
  }

  return {
    'bulk.columns': async ({ head, isWhole, hasHeader, delimiter }) => {
      const used = delimiter ?? guessDelimiter(head)
      const rows = (await readHead(head, isWhole, used)).slice(0, dryRows + 1)
      const [first] = rows
      if (!first) throw new AppError('invalid_input', 'The file has no rows.')
      const isHeader = hasHeader ?? looksLikeHeader(rows)
      const columns = columnNames(first, isHeader)
      const below = rows.slice(isHeader ? 1 : 0, dryRows + (isHeader ? 1 : 0))
      const numberColumn = columns[guessNumberColumn(columns, below)] ?? ''
      return { delimiter: used, hasHeader: isHeader, columns, numberColumn, rows: below }
    },
    'bulk.dryRun': async ({ head, isWhole, setup }) => {
      const [first, ...rows] = await readHead(head, isWhole, setup.delimiter)
      if (!first) throw new AppError('invalid_input', 'The file has no rows.')
      const { asked } = stores.store.read((db) => targetInfo(db, setup.target))
      const maker = new RowMaker(setup, columnNames(first, setup.hasHeader), asked)
      const below = setup.hasHeader ? rows : [first, ...rows]
      return below.slice(0, dryRows).map((cells, index) => dryRow(maker, cells, index + 1))
    },
    'bulk.create': create,
    'bulk.load': async ({ id, position, text }) => {
      const loader = loaderOf(id)
      await orRemove(id, () => loader.load(position, text))
      return dispatcher.tell(id)
    },
    'bulk.loaded': loaded,
    'bulk.list': () => stores.store.read((db) => listJobs(db, mostJobs)).map((row) => dispatcher.view(row)),
    'bulk.get': ({ id }) => dispatcher.view(stores.store.read((db) => mustGetJob(db, id))),
    'bulk.start': ({ id }) => dispatcher.start(id),
    'bulk.pause': ({ id }) => dispatcher.stop(id),
    'bulk.cancel': ({ id }) => {
      loaders.delete(id)
      return dispatcher.cancel(id)
    },
    'bulk.target': ({ target }) => stores.store.read((db) => bulkTarget(db, target)),
    'bulk.refused': ({ id, after }) => stores.store.read((db) => refusedPage(db, mustGetJob(db, id), after)),
    'bulk.delete': async ({ id }) => {
      loaders.delete(id)
      await dispatcher.remove(id)
      if (!staysOpen) await dispatcher.cleared(id)
      return null
    },
    'bulk.results': ({ id, after }) => stores.store.read((db) => resultPage(db, mustGetJob(db, id), after)),
  }
}

/** Whole rows only: the last one of a piece may be cut. */
async function readHead(head: string, isWhole: boolean, delimiter: BulkSetup['delimiter']) {
  const reader = new CsvReader(delimiter)
  const rows = await reader.push(head)
  return isWhole ? [...rows, ...(await reader.end())] : rows
}

function dryRow(maker: RowMaker, cells: string[], line: number): DryRow {
  const { to, country, text, segmentation, refusal } = maker.make(cells)
  return {
    line,
    to,
    country,
    text,
    refusal,
    encoding: segmentation.encoding,
    segments: segmentation.segments,
  }
}
