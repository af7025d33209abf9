/** What of the gateway's environment a process with the engine may see; its secrets are not the engine's business. */
const PASSED_VARIABLES = [
  "PATH",
  "HOME",
  "TMPDIR",
  "LANG",
  "LC_ALL",
  "TZ",
  "SystemRoot",
  "LD_LIBRARY_PATH",
  "CUDA_HOME",
  "CUDA_CACHE_PATH",
  "CUDA_DEVICE_ORDER",
  "CUDA_VISIBLE_DEVICES",
  "NVIDIA_VISIBLE_DEVICES",
  "NVIDIA_DRIVER_CAPABILITIES",
  "VK_ICD_FILENAMES",
  "VK_DRIVER_FILES",
  "GGML_VK_VISIBLE_DEVICES",
  "HSA_OVERRIDE_GFX_VERSION",
] as const;

/** The least environment that the engine needs, of the one that is given. */
export function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const passed = PASSED_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    // The engine asks where home is, which a service may not know; behind a fence the list of users can't tell either.
    HOME: "/",
    ...Object.fromEntries(passed),
    NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true",
  };
}
