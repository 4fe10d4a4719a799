import { useRoute, useRouter } from 'vue-router'
import { Download, ListChecks, Trash2 } from '@lucide/vue'
import type { BulkJob, BulkTargetView } from '#shared/bulk.ts'
import type { Answer } from '../../lib/failure.ts'
import { plural } from '../../lib/format.ts'
import { useFeedback } from '../../ui/feedback.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { useBulk } from './bulk-store.ts'
import { cancelQuestion, deleteQuestion, startQuestion } from './job-words.ts'
import { saveResults } from './save-results.ts'

function itemsFor({ state }: BulkJob): MenuItem[] {
  return [
    { key: 'open', label: 'Open', icon: ListChecks },
    { key: 'result', label: 'Save result CSV', icon: Download, disabled: state === 'loading', hint: 'S' },
    { key: 'delete', label: 'Delete', icon: Trash2, disabled: state === 'running', hint: 'Del' },
  ]
}

/** What can be done with a bulk test, from its row and from its page. */
export function useJobActions() {
  const bulk = useBulk()
  const feedback = useFeedback()
  const router = useRouter()
  const route = useRoute()

  async function run(key: string, job: BulkJob): Promise<void> {
    if (key === 'open') await router.push(`/messages/bulk/${job.id}`)
    else if (key === 'result') await save(job)
    else if (key === 'delete') await remove(job)
  }

  const told = (answer: Answer<unknown>) => {
    if (!answer.ok) feedback.fail(answer.error)
  }

  /** Real messages are asked about first. */
  async function start(job: BulkJob, view: BulkTargetView | null): Promise<void> {
    const isFirst = job.startedAt === null
    if (isFirst && view?.simulated !== 'all' && !(await feedback.ask(startQuestion(job, view)))) return
    told(await bulk.start(job.id))
  }

  const pause = async (job: BulkJob) => told(await bulk.pause(job.id))

  async function cancel(job: BulkJob): Promise<void> {
    if (await feedback.ask(cancelQuestion(job))) told(await bulk.cancel(job.id))
  }

  async function save(job: BulkJob, onRows: (line: number) => void = () => {}): Promise<void> {
    const failure = await saveResults(job, onRows)
    if (failure) feedback.fail(failure)
    else feedback.say(`Saved the result of ${plural(job.messages + job.refused, 'row')}`)
  }

  async function remove(job: BulkJob): Promise<void> {
    if (!(await feedback.ask(deleteQuestion(job)))) return
    const answer = await bulk.remove(job.id)
    if (!answer.ok) return feedback.fail(answer.error)
    feedback.say(`${job.name} is deleted`)
    if (route.params['id'] === job.id) await router.push('/messages/bulk')
  }

  return { itemsFor, run, start, pause, cancel, save, remove }
}
