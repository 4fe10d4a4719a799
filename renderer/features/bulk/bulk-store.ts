import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { BulkJob, BulkSetup } from '#shared/bulk.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'
import { piecesOf, type Source } from './source-file.ts'
import { patiently } from './patiently.ts'

const columns = (input: Parameters<typeof call<'bulk.columns'>>[1]) => call('bulk.columns', input)
const dryRun = (input: Parameters<typeof call<'bulk.dryRun'>>[1]) => call('bulk.dryRun', input)
const target = (wanted: BulkSetup['target']) => call('bulk.target', { target: wanted })
const refused = (id: string, after: number) => call('bulk.refused', { id, after })
const results = (id: string, after: number) => call('bulk.results', { id, after })

/** The bulk tests, as the workbench tells of them, and the file that is being read for a new one. */
export const useBulk = defineStore('bulk', () => {
  const jobs = ref(new Map<string, BulkJob>())
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  /** Bytes of the file that are read, by the job that it is for. */
  const reading = ref<{ id: string; read: number; size: number } | null>(null)

  const list = computed(() => [...jobs.value.values()].sort((one, other) => other.createdAt - one.createdAt))
  const take = (job: BulkJob) => void jobs.value.set(job.id, job)

  async function load(): Promise<void> {
    const answer = await call('bulk.list')
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    loaded.value = true
    jobs.value = new Map(answer.value.map((job) => [job.id, job]))
  }

  async function kept(asked: Promise<Answer<BulkJob>>): Promise<Answer<BulkJob>> {
    const answer = await asked
    if (answer.ok) take(answer.value)
    return answer
  }
  const get = (id: string) => kept(call('bulk.get', { id }))
  const start = (id: string) => kept(call('bulk.start', { id }))
  const pause = (id: string) => kept(call('bulk.pause', { id }))
  const cancel = (id: string) => kept(call('bulk.cancel', { id }))

  async function remove(id: string): Promise<Answer<null>> {
    const answer = await call('bulk.delete', { id })
    if (answer.ok) jobs.value.delete(id)
    return answer
  }

  /** Makes a job of the file, which the workbench reads piece by piece. Answers once it is ready to start. */
  async function create(setup: BulkSetup, source: Source): Promise<Answer<BulkJob>> {
    const id = crypto.randomUUID()
    const created = await call('bulk.create', { id, setup })
    if (!created.ok) return created
    reading.value = { id, read: 0, size: source.bytes.size }
    try {
      let position = 0
      for await (const { text, read } of piecesOf(source)) {
        const at = position
        const answer = await patiently(() => call('bulk.load', { id, position: at, text }))
        if (!answer.ok) return answer
        position += 1
        reading.value = { id, read, size: source.bytes.size }
      }
      return await kept(patiently(() => call('bulk.loaded', { id })))
    } finally {
      reading.value = null
    }
  }

  onEvent('bulk.changed', take)
  onEvent('bulk.deleted', ({ id }) => void jobs.value.delete(id))
  onEvent('host.resync', () => void (loaded.value && load()))

  return {
    jobs,
    list,
    loaded,
    failure,
    reading,
    load,
    get,
    start,
    pause,
    cancel,
    remove,
    create,
    columns,
    dryRun,
    target,
    refused,
    results,
  }
})
