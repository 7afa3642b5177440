// Recomputes only what an edit reaches: forward from what was touched, backward from whatever moved.
import { type Network, NODE_TASK } from './network.ts'

/** The dates that neighbours look at, and how a mode computes a node. */
export interface ConeMode<State> {
  takesPart(state: State, node: number): boolean
  forward(state: State, node: number): void
  backward(state: State, node: number): void
  /** Called between the passes; true when every late date must be found anew (the project's finish moved). */
  turn(state: State): boolean
}

export interface ConeDates {
  readonly network: Network
  readonly es: Float64Array
  readonly ef: Float64Array
  readonly ls: Float64Array
  readonly lf: Float64Array
  /** Further late dates that predecessors look at. */
  readonly chainStart?: Float64Array
}

export interface Reached {
  /** Nodes computed again. */
  readonly computed: Uint8Array
  /** These and every node whose free float looks at one of them, directly or through a gate. */
  readonly watching: Uint8Array
}

export function recomputeCone<State extends ConeDates>(
  state: State,
  touched: Uint8Array,
  mode: ConeMode<State>,
): Reached {
  const { network, es, ef, ls, lf, chainStart } = state
  const { order, nodes, nodeKind } = network
  const ahead = new Uint8Array(nodes)
  const behind = new Uint8Array(nodes)
  const computed = new Uint8Array(nodes)
  for (let node = 0; node < nodes; node++) {
    if (!touched[node]) continue
    ahead[node] = behind[node] = 1
    // Percent lags and the progress of a task change what its neighbours see even when its dates stay.
    markSuccessors(network, node, ahead)
    markPredecessors(network, node, behind)
  }
  for (let k = 0; k < order.length; k++) {
    const node = order[k]!
    if (!ahead[node] || !mode.takesPart(state, node)) continue
    const start = es[node]
    const finish = ef[node]
    mode.forward(state, node)
    computed[node] = behind[node] = 1
    if (start === es[node] && finish === ef[node]) continue
    markSuccessors(network, node, ahead)
    if (nodeKind[node] !== NODE_TASK) markPredecessors(network, node, behind)
  }
  if (mode.turn(state)) behind.fill(1)
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!
    if (!behind[node] || !mode.takesPart(state, node)) continue
    const start = ls[node]
    const finish = lf[node]
    const chain = chainStart?.[node]
    mode.backward(state, node)
    computed[node] = 1
    if (start !== ls[node] || finish !== lf[node] || chain !== chainStart?.[node])
      markPredecessors(network, node, behind)
  }
  const watching = computed.slice()
  for (let node = 0; node < nodes; node++) if (computed[node]) markPredecessors(network, node, watching)
  for (let node = network.tasks; node < nodes; node++) if (watching[node]) markPredecessors(network, node, watching)
  return { computed, watching }
}

function markSuccessors({ outStart, outEdge, to }: Network, node: number, marks: Uint8Array): void {
  for (let k = outStart[node]!; k < outStart[node + 1]!; k++) marks[to[outEdge[k]!]!] = 1
}

function markPredecessors({ inStart, inEdge, from }: Network, node: number, marks: Uint8Array): void {
  for (let k = inStart[node]!; k < inStart[node + 1]!; k++) marks[from[inEdge[k]!]!] = 1
}
