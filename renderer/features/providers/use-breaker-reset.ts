import { useFeedback } from '../../ui/feedback.ts'
import { useProviders } from './providers-store.ts'

/** Closes a provider's circuit breaker, and says so. */
export function useBreakerReset() {
  const providers = useProviders()
  const feedback = useFeedback()
  return async function reset(id: string, name: string): Promise<void> {
    const answer = await providers.resetBreaker(id)
    if (answer.ok) feedback.say(`The circuit breaker of ${name} is closed`)
    else feedback.fail(answer.error)
  }
}
