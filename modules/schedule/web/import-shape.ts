// What the preview of a plan file answers (modules/schedule/import.service.ts), and the upload before it.
import type { ScheduleError, Why } from '@yingzao/engines/schedule/result'
import type { FieldCount, StoredField } from '@yingzao/engines/schedule/stored-check'
import type { Face } from '@yingzao/formats/plan-table'
import type { FileRef, Problem } from '@yingzao/kernel/entity'
import { type Client, Failure, formWith } from '@yingzao/platform/client'
import type { LossRow } from './loss-table.tsx'

export interface Difference {
  readonly task: string
  readonly name: string
  readonly field: StoredField
  /** Minutes; critical as 0 or 1. */
  readonly stored: number
  readonly computed: number
  readonly reason:
    | { readonly kind: 'follows'; readonly task: string }
    | { readonly kind: 'computed'; readonly why: Why }
    | { readonly kind: 'same_moment' }
  /** Name of the task that the reason is about. */
  readonly by?: string
}
export interface PlanSummary {
  readonly name: string
  readonly mode: 'ms' | 'p6'
  readonly tasks: number
  readonly links: number
  readonly resources: number
  readonly assignments: number
  readonly calendars: number
  readonly baselines: number
  readonly start: string
  readonly error?: ScheduleError
  readonly finish?: string
  readonly critical?: number
  readonly warnings?: number
  readonly check?: {
    readonly tasks: number
    readonly agreeing: number
    readonly fields: Readonly<Record<StoredField, FieldCount>>
    readonly total: number
    readonly differences: readonly Difference[]
  }
}
export interface Preview {
  readonly name: string
  readonly format: 'mspdi' | 'mpp' | 'mpx' | 'xer' | 'pmxml' | 'xlsx' | 'csv'
  readonly encoding: string | null
  readonly loss: readonly LossRow[]
  readonly plans: readonly PlanSummary[]
  /** Of a spreadsheet. */
  readonly face?: Face
}

/** Uploads with progress: `fetch` cannot tell how much has left. */
export function uploadPlanFile(client: Client, file: File, told: (done: number) => void): Promise<FileRef> {
  const { transport } = client
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', transport.address('/files'))
    for (const [name, value] of Object.entries(transport.headers())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = event => told(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => {
      const answer: unknown = request.response
      if (request.status < 400 && isFileRef(answer)) resolve(answer)
      else reject(new Failure(isProblem(answer) ? answer : problemOf(request.status, request.statusText)))
    }
    request.onerror = () => reject(new Failure(problemOf(0, '')))
    request.send(formWith(file, file.name))
  })
}

const problemOf = (status: number, title: string): Problem => ({
  type: 'about:blank',
  title,
  status,
  detail: title,
  code: status === 0 ? 'client.offline' : `http.${status}`,
  request_id: '',
})
const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value
const isFileRef = (value: unknown): value is FileRef =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'size' in value
