/** A simulation can't begin; the message says what is wrong with its files and what to do. */
export class SimulationProblem extends Error {
  override readonly name = "SimulationProblem";
}
