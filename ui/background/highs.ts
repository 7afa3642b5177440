// HiGHS in the browser: only workers that solve import this; the 3.5 MB of WebAssembly come from our own files when it is loaded.
import load, { type Highs } from 'highs'
import wasm from 'highs/runtime?url'

/** Null where WebAssembly cannot run or is not to be had: who asks goes on without. */
export const loadHighs = (): Promise<Highs | null> => load({ locateFile: () => wasm }).catch(() => null)
