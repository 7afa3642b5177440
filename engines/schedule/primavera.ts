// Primavera mode.

import type { CompileOutcome } from './compiled.ts'
import { openMicrosoft } from './microsoft.ts'
import type { Plan } from './plan.ts'

export function openPrimavera(plan: Plan): CompileOutcome {
  return openMicrosoft(plan)
}
