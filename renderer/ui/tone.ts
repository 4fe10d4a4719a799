import type { Component } from 'vue'
import { CircleAlert, CircleCheck, CircleDashed, CircleX, FlaskConical, LoaderCircle } from '@lucide/vue'

/** What a status says by colour; its word and icon say the same. */
export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'simulated' | 'running'

export const toneIcons: Record<Tone, Component> = {
  good: CircleCheck,
  warn: CircleAlert,
  bad: CircleX,
  quiet: CircleDashed,
  simulated: FlaskConical,
  running: LoaderCircle,
}
