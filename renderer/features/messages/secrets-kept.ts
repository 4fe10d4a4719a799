import type { InjectionKey, Ref } from 'vue'

/** Whether the secrets of the requests below are to be had here at all; true where nobody says. */
export const secretsKept: InjectionKey<Readonly<Ref<boolean>>> = Symbol('secrets kept')
