package org.waybill.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.schedules.Scheduler.SCHEDULES;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyOnExitCodesRequirement;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.waybill.cli.ExitCode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests, against the schema of Kubernetes as its own client for Java has it. */
class KubernetesTest {

    private static final long STOP_PATIENCE_SECONDS = 25; // of a run that is asked to end

    @Test
    void eachIsACronJobByTheSchema() throws IOException {
        for (JsonElement manifest : manifests()) {
            V1CronJob.validateJsonElement(manifest);
            assertThat(manifest.getAsJsonObject().get("kind").getAsString()).isEqualTo("CronJob");
            assertThat(manifest.getAsJsonObject().get("apiVersion").getAsString())
                    .isEqualTo("batch/v1");
        }
    }

    @Test
    void theSchemaRefusesAKeyThatIsNone() throws IOException {
        JsonObject manifest = manifests().get(0).getAsJsonObject();
        manifest.getAsJsonObject("spec")
                .getAsJsonObject("jobTemplate")
                .getAsJsonObject("spec")
                .getAsJsonObject("podFailurePolicy")
                .addProperty("rule", "none");

        assertThatThrownBy(() -> V1CronJob.validateJsonElement(manifest)).hasMessageContaining("rule");
    }

    @Test
    void twoOfOneJobNeverRunAtOnce() throws IOException {
        assertThat(cronJobs())
                .allMatch(job -> job.getSpec().getConcurrencyPolicy().equals("Forbid"));
    }

    @Test
    void aRunThatIsAskedToEndHasTheTime() throws IOException {
        assertThat(pods()).allMatch(pod -> pod.getTerminationGracePeriodSeconds() > STOP_PATIENCE_SECONDS);
    }

    @Test
    void onlyAnUnreachableDatabaseAndAKilledRunAreTriedAgain() throws IOException {
        Set<Integer> allButDoneAndDatabase = Stream.of(ExitCode.values())
                .filter(code -> code != ExitCode.DONE && code != ExitCode.DATABASE_UNREACHABLE)
                .map(ExitCode::number)
                .collect(Collectors.toSet());

        for (V1CronJob cronJob : cronJobs()) {
            V1JobSpec job =
                    Objects.requireNonNull(cronJob.getSpec().getJobTemplate().getSpec());
            List<V1PodFailurePolicyRule> rules =
                    Objects.requireNonNull(job.getPodFailurePolicy()).getRules();
            assertThat(rules).extracting(V1PodFailurePolicyRule::getAction).containsExactly("Ignore", "FailJob");
            V1PodFailurePolicyOnExitCodesRequirement codes =
                    Objects.requireNonNull(rules.get(1).getOnExitCodes());
            assertThat(codes.getOperator()).isEqualTo("In");
            assertThat(Set.copyOf(codes.getValues())).isEqualTo(allButDoneAndDatabase);
            V1PodSpec pod = Objects.requireNonNull(job.getTemplate().getSpec());
            assertThat(pod.getRestartPolicy()).isEqualTo("Never"); // or Kubernetes refuses the policy
            assertThat(pod.getContainers())
                    .extracting(V1Container::getName)
                    .containsExactly(Objects.requireNonNull(codes.getContainerName()));
        }
    }

    @Test
    void passwordsAreFilesAndNotVariables() throws IOException {
        for (V1PodSpec pod : pods()) {
            V1Container container = pod.getContainers().get(0);
            assertThat(Objects.requireNonNull(container.getEnv()))
                    .filteredOn(variable -> variable.getName().endsWith("PASSWORD"))
                    .isNotEmpty()
                    .allMatch(variable ->
                            Objects.requireNonNull(variable.getValue()).startsWith("file:"));
        }
    }

    @Test
    void whatIsMountedIsThere() throws IOException {
        for (V1PodSpec pod : pods()) {
            List<String> volumes = Objects.requireNonNull(pod.getVolumes()).stream()
                    .map(volume -> volume.getName())
                    .toList();
            assertThat(Objects.requireNonNull(pod.getContainers().get(0).getVolumeMounts()))
                    .extracting(mount -> mount.getName())
                    .containsExactlyInAnyOrderElementsOf(volumes);
        }
    }

    private static List<V1PodSpec> pods() throws IOException {
        return cronJobs().stream()
                .map(job ->
                        job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec())
                .toList();
    }

    private static List<V1CronJob> cronJobs() throws IOException {
        return manifests().stream()
                .map(manifest -> (V1CronJob) JSON.deserialize(manifest.toString(), V1CronJob.class))
                .toList();
    }

    private static List<JsonElement> manifests() throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        String text = Files.readString(SCHEDULES.resolve("kubernetes/waybill.yaml"));
        return StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
                .map(document -> new Gson().toJsonTree(document))
                .toList();
    }
}
