// For tests: the register of limits as the job keeps it.
import { systemContext } from '@yingzao/platform/http/context'
import type { TestApp } from '@yingzao/platform/testing/app'
import { keepParameters } from '../keep.jobs.ts'

export const keep = (app: TestApp) => {
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  return keepParameters.run(systemContext(app.host, 'test'), {}, progress)
}
