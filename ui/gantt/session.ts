// The plan as this person sees it: what the server has, plus own edits that it has not confirmed yet; undo and redo.
import { applyEdits, type EditChange, type EditError, type PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { likened } from './plan-likeness.ts'

/** Edits made together: one gesture, one step of undo. */
export interface EditBatch {
  /** Made by this browser; a server uses it to recognise a retry. */
  id: string
  edits: readonly PlanEdit[]
  /** Records the edits touch: for versions per task. */
  changed: EditChange
}

export type EditAnswer =
  /** Accepted; with a version, the edits are shown as pending until a plan of at least that version arrives. */
  | { ok: true; version?: number }
  /** Refused, with words for the user: the edits are taken back. */
  | { ok: false; message: string }

export type SendEdits = (batch: EditBatch) => Promise<EditAnswer>

interface Pending {
  batch: EditBatch
  acknowledged?: { version: number | undefined }
  /** A plan arrived after the batch was sent. */
  overtaken: boolean
}

interface Step {
  /** The batch that made the step; a refused batch takes its step along. */
  batch: string
  edits: readonly PlanEdit[]
}

export interface SessionState {
  plan: Plan
  /** The plan is the server's, with nothing of one's own on top. */
  asServed: boolean
  /** Tasks with unconfirmed edits. */
  pendingTasks: ReadonlySet<string>
  pendingCount: number
  canUndo: boolean
  canRedo: boolean
}

export interface Session {
  state: () => SessionState
  /** Applies edits at once and sends them; refused ones change nothing. */
  edit: (edits: readonly PlanEdit[]) => EditError | undefined
  undo: () => EditError | 'nothing' | undefined
  redo: () => EditError | 'nothing' | undefined
  /** A plan from the server: own unconfirmed edits are laid over it again. */
  receive: (plan: Plan, version: number) => void
}

const MOST_STEPS = 500

export function createSession(
  initial: { plan: Plan; version: number },
  hooks: {
    newId: () => string
    send: () => SendEdits | undefined
    changed: () => void
    refused: (message: string) => void
    failed: () => void
  },
): Session {
  let server = initial
  let pending: Pending[] = []
  let plan = initial.plan
  let asServed = true
  let undone: Step[] = []
  let done: Step[] = []

  /**
   * The server's plan with the pending edits on top; those that no longer apply are already in it, or void. When it says
   * what is shown, they all are in it: edits such as an indent must not be done twice.
   */
  function lay(): void {
    let next = likened(plan, server.plan)
    asServed = next === plan || pending.length === 0
    if (!asServed) {
      for (const { batch } of pending) {
        const outcome = applyEdits(next, batch.edits)
        if (outcome.ok) next = outcome.plan
      }
      next = likened(plan, next)
    }
    plan = next
  }

  /** Lets go of edits that the server's plan holds; true when there were any. */
  function settle(): boolean {
    const before = pending.length
    pending = pending.filter(({ acknowledged, overtaken }) => {
      if (!acknowledged) return true
      return acknowledged.version === undefined ? !overtaken : acknowledged.version > server.version
    })
    if (pending.length === before) return false
    lay()
    return true
  }

  /** Shows the edits, then tells everybody, then sends them: what is seen does not wait for what is sent. */
  function run(edits: readonly PlanEdit[], note: (step: Step) => void): EditError | undefined {
    const outcome = applyEdits(plan, edits)
    if (!outcome.ok) return outcome.error
    if (outcome.inverse.length === 0) return undefined
    const batch: EditBatch = { id: hooks.newId(), edits, changed: outcome.changed }
    const send = hooks.send()
    const entry: Pending = { batch, overtaken: false }
    plan = outcome.plan
    asServed = false
    if (send) pending.push(entry)
    note({ batch: batch.id, edits: outcome.inverse })
    hooks.changed()
    if (send) void deliver(send, entry)
    return undefined
  }

  async function deliver(send: SendEdits, entry: Pending): Promise<void> {
    let answer: EditAnswer | undefined
    try {
      answer = await send(entry.batch)
    } catch {
      // The host could not reach the server: said in our words, the edit is taken back rather than shown as if saved.
    }
    if (answer?.ok) {
      entry.acknowledged = { version: answer.version }
      settle()
      hooks.changed()
      return
    }
    pending = pending.filter(other => other !== entry)
    done = done.filter(step => step.batch !== entry.batch.id)
    undone = undone.filter(step => step.batch !== entry.batch.id)
    lay()
    hooks.changed()
    if (answer) hooks.refused(answer.message)
    else hooks.failed()
  }

  const step = (from: 'undo' | 'redo'): EditError | 'nothing' | undefined => {
    const [stack, other] = from === 'undo' ? [done, undone] : [undone, done]
    const last = stack[stack.length - 1]
    if (!last) return 'nothing'
    const error = run(last.edits, taken => {
      stack.pop()
      other.push(taken)
    })
    // A colleague has done the same meanwhile: nothing is left to take back.
    if (!error && stack[stack.length - 1] === last) {
      stack.pop()
      hooks.changed()
    }
    return error
  }

  let marked: ReadonlySet<string> = new Set()
  /** The same set as long as it holds the same, so that nobody draws for nothing. */
  function pendingTasks(): ReadonlySet<string> {
    const now = new Set(pending.flatMap(({ batch }) => [...batch.changed.tasks, ...tasksOfLinks(batch, plan)]))
    if (now.size !== marked.size || [...now].some(id => !marked.has(id))) marked = now
    return marked
  }

  return {
    state: () => ({
      plan,
      asServed,
      pendingTasks: pendingTasks(),
      pendingCount: pending.length,
      canUndo: done.length > 0,
      canRedo: undone.length > 0,
    }),
    edit(edits) {
      if (edits.length === 0) return undefined
      return run(edits, taken => {
        done.push(taken)
        if (done.length > MOST_STEPS) done.shift()
        undone = []
      })
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    receive(next, version) {
      server = { plan: next, version }
      for (const entry of pending) entry.overtaken = true
      if (!settle()) lay()
      hooks.changed()
    },
  }
}

/** A link being changed shows on the task it leads to. */
function tasksOfLinks(batch: EditBatch, plan: Plan): string[] {
  if (batch.changed.links.length === 0) return []
  const ids = new Set(batch.changed.links)
  return plan.links.filter(link => ids.has(link.id)).map(link => link.to)
}
