import type { Token } from "node-llama-cpp";
import type { Engine, EngineSlot } from "./load-engine.ts";
import { isWorthCopying, isWorthRestoring, isWorthSaving, type StateRates } from "./state-worth.ts";

/**
 * Makes a slot ready for a prompt of `scope`: what it holds and would lose is saved where reading it again would take
 * longer, what is saved of the prompt's beginning, or held by another slot, busy or not, is restored where that is sooner
 * than reading it, and nothing of another scope stays. Never fails for want of a saved state.
 */
export async function prepareSlot(
  { stateCache, speed, slots }: Engine,
  slot: EngineSlot,
  tokens: readonly Token[],
  scope: string,
): Promise<void> {
  const held = slot.heldTokens();
  const reusable = slot.commonPrefix(tokens, scope);
  const rates = ratesOf(stateCache?.rates, speed.prefillTokensPerStepSecond);
  if (stateCache !== undefined && rates !== undefined) {
    if (isWorthSaving(held - reusable, held, rates)) await stateCache.save(slot.sequence, slot.scope);
    const known = Math.max(reusable, stateCache.find(tokens, scope)?.commonTokens ?? 0);
    const lender = mostOf(slots, tokens, scope);
    if (
      lender !== undefined &&
      lender.slot !== slot &&
      isWorthCopying(lender.commonTokens - known, lender.slot.heldTokens(), rates)
    )
      await stateCache.save(lender.slot.sequence, scope);
    const found = stateCache.find(tokens, scope);
    const gained = (found?.commonTokens ?? 0) - reusable;
    if (found !== undefined && isWorthRestoring(gained, found.state.tokens.length, rates)) {
      await stateCache.restore(found, slot.sequence);
      slot.scope = scope;
      return;
    }
  }
  if (slot.scope !== scope && held > 0) await slot.sequence.clearHistory();
  slot.scope = scope;
}

/** The slot that holds most of the prompt's beginning. */
function mostOf(
  slots: readonly EngineSlot[],
  tokens: readonly Token[],
  scope: string,
): { readonly slot: EngineSlot; readonly commonTokens: number } | undefined {
  return slots
    .map((slot) => ({ slot, commonTokens: slot.commonPrefix(tokens, scope) }))
    .toSorted((a, b) => b.commonTokens - a.commonTokens)[0];
}

function ratesOf(
  rates: Omit<StateRates, "prefillTokensPerSecond"> | undefined,
  prefillTokensPerSecond: number | undefined,
): StateRates | undefined {
  return rates === undefined || prefillTokensPerSecond === undefined ? undefined : { ...rates, prefillTokensPerSecond };
}
