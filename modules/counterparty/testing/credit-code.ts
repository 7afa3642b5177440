// Credit codes for tests: well formed, with the right check character, of no real company.
import { creditCodeCheck } from '@yingzao/engines/identity'

let made = 0
/** Never the same twice; with a number always the same for it. */
export function creditCode(of: number = ++made + 500_000): string {
  const first = `91990000MA${String(of).padStart(7, '0')}`
  return `${first}${creditCodeCheck(first)}`
}
