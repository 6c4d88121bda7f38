package io.afterlearner.asktell.population;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.population.Population.Member;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Particle swarm optimization (Kennedy, Eberhart, ICNN 1995) with the constants of Clerc's standard PSO 2006: a particle keeps
 * part of its last move and is drawn towards its own best point and the best of all, by a random share in each coordinate.
 *
 * <p>Asynchronous: asks cycle through the particles, and a particle moves whenever one of its points is told. Its last move is
 * the difference between that point and the one before. If the point failed, the particle stays.
 */
public final class ParticleSwarm implements Algorithm {

    private static final double INERTIA = 1 / (2 * StrictMath.log(2));
    private static final double ATTRACTION = 0.5 + StrictMath.log(2);

    /** Its last move went from {@code before} to {@code position}. */
    private record Particle(double[] position, double[] before) {}

    private final Run run;
    private final Latent latent;
    private final Population bests;
    private final List<Particle> particles = new ArrayList<>();

    public ParticleSwarm(Run run) {
        this.run = run;
        latent = new Latent(run.space());
        bests = new Population(10 + (int) (2 * Math.sqrt(latent.dimension())));
    }

    @Override
    public double[] sample(long number, Generator random) {
        if (!bests.isFull()) {
            return latent.decode(random.gaussians(latent.dimension()));
        }
        int place = bests.place(run.turn(number));
        Particle particle = particles.get(place);
        double[] here = particle.position();
        double[] before = particle.before();
        double[] own = bests.member(place).coordinates();
        double[] common = bests.best().coordinates();
        double[] next = random.uniforms(here.length);
        double[] shares = random.uniforms(here.length);
        for (int i = 0; i < next.length; i++) {
            next[i] = here[i]
                    + INERTIA * (here[i] - before[i])
                    + ATTRACTION * next[i] * (own[i] - here[i])
                    + ATTRACTION * shares[i] * (common[i] - here[i]);
        }
        return latent.decodeShaken(next, random);
    }

    @Override
    public void update(Told told) {
        double[] position = latent.encode(told.point());
        Member member = new Member(position, told.loss());
        if (!bests.isFull()) {
            join(member);
        } else if (told.sampled()) {
            int place = bests.place(run.turn(told.number()));
            double[] here = particles.get(place).position();
            particles.set(place, new Particle(told.failed() ? here : position, here));
            improve(place, member);
        } else {
            improve(bests.worst(), member);
        }
    }

    private void join(Member member) {
        if (member.loss() < Double.POSITIVE_INFINITY) {
            bests.add(member);
            particles.add(new Particle(member.coordinates(), member.coordinates()));
        } else {
            bests.refuseFailed();
        }
    }

    private void improve(int place, Member member) {
        if (member.loss() == Double.POSITIVE_INFINITY) {
            bests.refuseFailed();
        } else if (member.loss() <= bests.member(place).loss()) {
            bests.replace(place, member);
        } else {
            bests.refuse();
        }
    }

    @Override
    public double learnedNats(long number) {
        return bests.learnedNats();
    }
}
